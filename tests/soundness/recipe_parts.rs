use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::task::{Context, Waker};
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;

fn paused() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true);
    builder.build().expect("a runtime")
}

/// A reader that counts what is under way, and reads what `parts` names.
struct Library<P> {
    parts: P,
    under_way: Cell<usize>,
    peak: Cell<usize>,
    read: RefCell<Vec<Name>>,
}

struct UnderWay<'a>(&'a Cell<usize>);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

impl<P: Fn(Name) -> Vec<Name>> Library<P> {
    fn new(parts: P) -> Self {
        let (under_way, peak) = (Cell::new(0), Cell::new(0));
        let read = RefCell::default();
        Library {
            parts,
            under_way,
            peak,
            read,
        }
    }

    async fn read(&self, name: Name) -> Vec<Name> {
        let all = self.read.borrow().len();
        assert!(all < 1000, "read {all} recipes, and no end");
        self.read.borrow_mut().push(name);
        self.under_way.set(self.under_way.get() + 1);
        self.peak.set(self.peak.get().max(self.under_way.get()));
        let _under_way = UnderWay(&self.under_way);
        yield_now().await;
        (self.parts)(name)
    }

    /// What was read, after each was read once.
    async fn all_from(&self, first: Name) -> Vec<Name> {
        let count = read_all(first, |name| self.read(name)).await;
        let mut read = self.read.borrow().clone();
        read.sort_unstable();
        read.dedup();
        let all = self.read.borrow().len();
        assert_eq!((read.len(), count), (all, all), "each once, all counted");
        let peak = self.peak.get();
        assert!(peak <= AT_ONCE, "{peak} at once");
        assert_eq!(self.under_way.get(), 0, "a read is left");
        read
    }
}

/// As many names as anybody wants.
fn names(count: usize) -> Vec<Name> {
    (0..count).map(|n| &*n.to_string().leak()).collect()
}

fn cycles_and_twins() {
    let parts = |name| match name {
        "a" => vec!["b", "c", "b", "a"],
        "b" => vec!["a", "c"],
        "c" => vec!["c", "d"],
        _ => vec![],
    };
    let read =
        paused().block_on(async { Library::new(parts).all_from("a").await });
    assert_eq!(read, ["a", "b", "c", "d"]);
}

/// One that names a hundred thousand others.
fn a_recipe_that_names_too_many() {
    let many = names(100_000);
    let parts = |name| if name == "a" { many.clone() } else { vec!["a"] };
    let read =
        paused().block_on(async { Library::new(parts).all_from("a").await });
    assert_eq!(read.len(), AT_MOST, "recipes read");
}

/// Reads end with whoever waits for them.
fn dropped_at_each_await() {
    for polls in 0..9 {
        let library = Library::new(|_| names(100));
        {
            let mut all = pin!(library.all_from("a"));
            for _ in 0..polls {
                let mut cx = Context::from_waker(Waker::noop());
                if all.as_mut().poll(&mut cx).is_ready() {
                    break;
                }
            }
        }
        assert_eq!(library.under_way.get(), 0, "a read is left");
    }
}

fn main() {
    cycles_and_twins();
    a_recipe_that_names_too_many();
    // `yield_now` needs a runtime, if it is to wake anybody.
    let runtime = paused();
    let _inside = runtime.enter();
    dropped_at_each_await();
}
