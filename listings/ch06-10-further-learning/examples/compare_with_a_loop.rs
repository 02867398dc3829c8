use rayon::prelude::*;

/// The plain loop: slow, short, and obviously right.
fn mean(grams: &[u32]) -> u32 {
    grams.iter().sum::<u32>() / grams.len() as u32
}

/// The answer: the mean of the means of the parts.
fn answer(grams: &[u32]) -> u32 {
    let means: Vec<u32> = grams.par_chunks(4).map(mean).collect();
    mean(&means)
}

/// The repair: sums may be added in any grouping, means may not.
fn repaired(grams: &[u32]) -> u32 {
    let sum: u32 = grams.par_chunks(4).map(|c| c.iter().sum::<u32>()).sum();
    sum / grams.len() as u32
}

fn first_wrong(parallel: fn(&[u32]) -> u32) -> Option<usize> {
    let eggs: Vec<u32> = (1..=100).map(|n| n * 60).collect();
    (1..=100).find(|&n| parallel(&eggs[..n]) != mean(&eggs[..n]))
}

fn report(name: &str, first_wrong: Option<usize>) {
    match first_wrong {
        Some(eggs) => println!("{name}: wrong for {eggs} eggs"),
        None => println!("{name}: equal for 1 to 100 eggs"),
    }
}

fn main() {
    report("answer", first_wrong(answer));
    report("repaired", first_wrong(repaired));
}
