use std::mem;
use std::sync::Mutex;

use rayon::prelude::*;

/// Fries all that is in the pan when it is called, on Rayon's threads.
///
/// Nobody holds the pan while something fries. What others put into it
/// meanwhile is left as it is, and stands behind what was fried.
pub fn fry_all<T: Send>(
    pan: &Mutex<Vec<T>>,
    fry: impl Fn(T) -> T + Send + Sync,
) {
    // The guard is dropped at the end of this statement.
    let raw = mem::take(&mut *pan.lock().expect("nobody panics with the pan"));
    let mut fried: Vec<T> = raw.into_par_iter().map(fry).collect();
    let mut pan = pan.lock().expect("nobody panics with the pan");
    fried.append(&mut pan);
    *pan = fried;
}
