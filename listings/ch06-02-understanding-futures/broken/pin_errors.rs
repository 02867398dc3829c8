async fn fry() -> &'static str {
    "eggs"
}

async fn cook() {
    let mut order = fry();
    println!("{}", (&mut order).await);
}

fn main() {
    let _ = cook;
}
