//! Fry on all cores, and let others have the pan meanwhile.

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
    let mut pan = pan.lock().expect("nobody panics with the pan");
    let raw = mem::take(&mut *pan);
    *pan = raw.into_par_iter().map(fry).collect();
}
