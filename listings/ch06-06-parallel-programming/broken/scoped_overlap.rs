use std::thread;

fn main() {
    let mut prices = vec![250, 300, 120, 480];
    thread::scope(|kitchen| {
        kitchen.spawn(|| prices[0] += 10);
        kitchen.spawn(|| prices[1] += 10);
    });
    println!("prices: {prices:?}");
}
