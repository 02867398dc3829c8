use tokio::task::block_in_place;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let loaves = block_in_place(|| 2 + 2);
    println!("{loaves} loaves");
}
