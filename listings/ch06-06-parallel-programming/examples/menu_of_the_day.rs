use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Barrier, LazyLock, OnceLock};
use std::thread;

static WRITTEN: AtomicU32 = AtomicU32::new(0);

static MENU: LazyLock<Vec<&str>> = LazyLock::new(|| {
    WRITTEN.fetch_add(1, Relaxed);
    "soup toast eggs".split(' ').collect()
});

static OVEN: OnceLock<u32> = OnceLock::new();

fn main() {
    println!("written before anybody asks: {}", WRITTEN.load(Relaxed));
    let all = Barrier::new(8);
    let dishes: usize = thread::scope(|room| {
        let guest = || {
            all.wait();
            MENU.len()
        };
        let guests = [(); 8].map(|()| room.spawn(guest));
        guests
            .map(|guest| guest.join().expect("no panic"))
            .iter()
            .sum()
    });
    println!("eight guests read {dishes} lines");
    println!("written: {}", WRITTEN.load(Relaxed));

    println!("{:?}", OVEN.get());
    println!("{:?}", OVEN.set(180));
    println!("{:?}", OVEN.set(220));
    println!("{} degrees", OVEN.get_or_init(|| 90));
}
