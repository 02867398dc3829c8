use std::thread;

fn main() {
    let mut prices = vec![250, 300, 120, 480, 90, 760];
    let (front, back) = prices.split_at_mut(3);

    let bill: u32 = thread::scope(|kitchen| {
        let halves = [front, back].map(|half| {
            kitchen.spawn(move || {
                half.iter_mut().for_each(|price| *price += 10);
                half.iter().sum::<u32>()
            })
        });
        halves
            .into_iter()
            .map(|half| half.join().expect("adding does not panic"))
            .sum()
    });

    println!("bill: {bill}");
    println!("prices: {prices:?}");
}
