use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::thread;

const ROOM: usize = 4;
const INTACT: &str = "no thread panics under this lock";

/// Dishes between the cooks and the waiters, at most `ROOM` of them.
#[derive(Default)]
struct Pass {
    state: Mutex<State>,
    taken: Condvar,
    served: Condvar,
}

#[derive(Default)]
struct State {
    dishes: VecDeque<u32>,
    most: usize,
    closed: bool,
}

impl Pass {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect(INTACT)
    }

    /// Waits for room. To be called only before `close`: then nobody need be left
    /// who takes the dish.
    fn serve(&self, dish: u32) {
        let full = |state: &mut State| state.dishes.len() == ROOM;
        let state = self.taken.wait_while(self.state(), full);
        let mut state = state.expect(INTACT);
        state.dishes.push_back(dish);
        state.most = state.most.max(state.dishes.len());
        drop(state);
        self.served.notify_one();
    }

    /// The next dish; `None` when there will be no more.
    fn take(&self) -> Option<u32> {
        let none = |state: &mut State| state.dishes.is_empty() && !state.closed;
        let state = self.served.wait_while(self.state(), none);
        let dish = state.expect(INTACT).dishes.pop_front();
        self.taken.notify_one();
        dish
    }

    fn close(&self) {
        self.state().closed = true;
        self.served.notify_all();
    }
}

fn main() {
    let pass = Pass::default();
    let served: u32 = thread::scope(|room| {
        let waiter = || std::iter::from_fn(|| pass.take()).sum::<u32>();
        let waiters = [room.spawn(waiter), room.spawn(waiter)];
        (1..=1000).for_each(|dish| pass.serve(dish));
        pass.close();
        waiters
            .map(|waiter| waiter.join().expect("no panic"))
            .iter()
            .sum()
    });
    println!("the sum of 1 to 1000, served: {served}");
    println!("more than {ROOM} at once: {}", pass.state().most > ROOM);
}
