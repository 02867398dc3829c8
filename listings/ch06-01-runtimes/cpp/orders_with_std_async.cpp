// g++ -std=c++20 -Wall -Wextra -pthread orders_with_std_async.cpp
#include <atomic>
#include <chrono>
#include <cstdio>
#include <future>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using std::chrono::milliseconds;

std::atomic<int> said = 0;

// A busy machine wakes threads late, so each line waits for its turn.
void say(int turn, std::string line) {
    for (int now = said; now < turn; now = said) {
        said.wait(now);
    }
    std::printf("  %s\n", line.c_str());
    ++said;
    said.notify_all();
}

std::string cook(std::string name, milliseconds wait, int turn) {
    std::this_thread::sleep_for(wait);
    say(turn, name + " is ready");
    return name;
}

std::future<std::string> start(std::string name, milliseconds wait, int turn) {
    return std::async(std::launch::async, cook, name, wait, turn);
}

int main() {
    std::puts("three orders at once");
    {
        auto roast = start("roast", 300ms, 2);
        auto toast = start("toast", 100ms, 0);
        auto eggs = start("eggs", 200ms, 1);
    } // The destructors wait.

    std::puts("guests who wait 100 ms");
    {
        auto stew = start("stew", 400ms, 4);
        bool served = stew.wait_for(100ms) == std::future_status::ready;
        say(3, served ? "served: true" : "served: false");
    }

    std::puts("whatever is ready first");
    {
        auto soup = start("soup", 400ms, 7);
        auto salad = start("salad", 100ms, 5);
        // Nothing waits for either of two: this waits for one of them.
        say(6, "served: " + salad.get());
    }
}
