use super::sync::{Condvar, Mutex};

pub struct Table {
    guests: usize,
    state: Mutex<State>,
    all_here: Condvar,
}

struct State {
    here: usize,
    round: u64,
}

impl Table {
    pub fn new(guests: usize) -> Table {
        Table {
            guests,
            state: Mutex::new(State { here: 0, round: 0 }),
            all_here: Condvar::new(),
        }
    }

    pub fn wait(&self) -> bool {
        let mut state = self.state.lock().expect(INTACT);
        state.here += 1;
        if state.here == self.guests {
            state.here = 0;
            // Only the end of a round changes it, and nobody changes it back.
            state.round = state.round.wrapping_add(1);
            drop(state);
            self.all_here.notify_all();
            return true;
        }
        let mine = state.round;
        let same = |state: &mut State| state.round == mine;
        drop(self.all_here.wait_while(state, same).expect(INTACT));
        false
    }
}

const INTACT: &str = "nothing panics while it holds this lock";
