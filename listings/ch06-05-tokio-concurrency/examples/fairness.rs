use std::process::ExitCode;

async fn order() {}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (mut counter, mut phone) = (0, 0);
    for _ in 0..1000 {
        tokio::select! {
            () = order() => counter += 1,
            () = order() => phone += 1,
        }
    }
    println!("at random: counter {counter}, phone {phone}");

    let (mut first, mut second) = (0, 0);
    for _ in 0..1000 {
        tokio::select! {
            biased;
            () = order() => first += 1,
            () = order() => second += 1,
        }
    }
    println!("biased: counter {first}, phone {second}");

    // A fair coin falls on one side fewer than 300 times in 1000 throws less
    // than once in 10^30 runs.
    let both = counter > 300 && phone > 300;
    if both && (first, second) == (1000, 0) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
