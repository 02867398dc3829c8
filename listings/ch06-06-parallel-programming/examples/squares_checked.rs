use rayon::prelude::*;

fn square(x: &i32) -> Result<i32, String> {
    x.checked_mul(*x).ok_or_else(|| format!("{x} is too large"))
}

fn main() {
    let sides = [46_340_i32, 46_341];

    let squares: Result<Vec<i32>, String> =
        sides.par_iter().map(square).collect();
    println!("checked: {squares:?}");

    let squares: Vec<i64> =
        sides.par_iter().map(|x| i64::from(*x).pow(2)).collect();
    println!("wider type: {squares:?}");
}
