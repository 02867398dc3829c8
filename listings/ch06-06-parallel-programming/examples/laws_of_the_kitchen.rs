/// How many times as fast several cooks are as one. Nobody can help with the
/// list; the potatoes can be shared.
fn gain(list: f64, potatoes: f64, cooks: f64) -> f64 {
    (list + potatoes) / (list + potatoes / cooks)
}

/// Which share of the work, done alone, explains a gain.
fn share(gain: f64, cooks: f64) -> f64 {
    (1.0 / gain - 1.0 / cooks) / (1.0 - 1.0 / cooks)
}

fn main() {
    println!("cooks  Amdahl 5 %  Gustafson 5 %  Amdahl 20 %  Gustafson 20 %");
    for cooks in [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0] {
        print!("{cooks:<5}");
        for list in [5.0, 20.0] {
            let potatoes = 100.0 - list;
            // The same hundred minutes of work, done in less time.
            let amdahl = gain(list, potatoes, cooks);
            // The same hundred minutes of time, with more work in them.
            let gustafson = gain(list, potatoes * cooks, cooks);
            print!("  {amdahl:>11.2}  {gustafson:>13.2}");
        }
        println!();
    }

    // Karp and Flatt's number finds the share in the gain.
    for cooks in [2.0, 64.0] {
        let found = share(gain(20.0, 80.0, cooks), cooks);
        assert!((found - 0.2).abs() < 1e-9);
    }
}
