use std::sync::{Barrier, RwLock, RwLockWriteGuard};
use std::thread;

const INTACT: &str = "no thread panics under this lock";

fn main() {
    let recipe = RwLock::new(String::from("soup"));
    let both = Barrier::new(2);
    thread::scope(|kitchen| {
        for _ in 0..2 {
            kitchen.spawn(|| {
                let page = recipe.read().expect(INTACT);
                both.wait(); // With the guard in hand.
                drop(page);
            });
        }
    });
    println!("two threads held a guard at the same time");

    let may = |who: &str| {
        let read = recipe.try_read().is_ok();
        let write = recipe.try_write().is_ok();
        println!("beside {who}: read {read}, write {write}");
    };
    let mut page = recipe.write().expect(INTACT);
    page.push_str(" with leek");
    may("a writer");
    let page = RwLockWriteGuard::downgrade(page);
    may("the same, as a reader");
    println!("it reads {page:?}");
}
