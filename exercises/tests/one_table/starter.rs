//! Let the guests of a table go on together, in each of many rounds.

// In the tests, these have the methods of std's types.
use super::sync::{Condvar, Mutex};

pub struct Table {
    guests: usize,
    here: Mutex<usize>,
    all_here: Condvar,
}

impl Table {
    /// A table for so many guests, one or more.
    pub fn new(guests: usize) -> Table {
        Table {
            guests,
            here: Mutex::new(0),
            all_here: Condvar::new(),
        }
    }

    /// Returns when all guests of this round have called it: true to the one who
    /// came last, false to the others. Then the next round may begin.
    pub fn wait(&self) -> bool {
        let mut here = self.here.lock().expect(INTACT);
        *here += 1;
        if *here == self.guests {
            *here = 0;
            self.all_here.notify_all();
            return true;
        }
        while *here != 0 {
            here = self.all_here.wait(here).expect(INTACT);
        }
        false
    }
}

const INTACT: &str = "nothing panics while it holds this lock";
