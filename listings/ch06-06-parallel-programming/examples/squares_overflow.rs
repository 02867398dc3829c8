use rayon::prelude::*;

fn main() {
    let sides = [46_340_i32, 46_341];
    for count in 1..=sides.len() {
        let squares: Vec<i32> =
            sides[..count].par_iter().map(|x| x * x).collect();
        println!("{squares:?}");
    }
}
