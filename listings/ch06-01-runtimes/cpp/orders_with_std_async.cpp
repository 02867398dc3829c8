// g++ -std=c++20 -Wall -Wextra -pthread orders_with_std_async.cpp
#include <chrono>
#include <cstdio>
#include <future>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using std::chrono::milliseconds;

std::string cook(std::string name, milliseconds wait) {
    std::this_thread::sleep_for(wait);
    std::printf("  %s is ready\n", name.c_str());
    return name;
}

std::future<std::string> start(std::string name, milliseconds wait) {
    return std::async(std::launch::async, cook, name, wait);
}

int main() {
    std::puts("three orders at once");
    {
        auto roast = start("roast", 300ms);
        auto toast = start("toast", 100ms);
        auto eggs = start("eggs", 200ms);
    } // The destructors wait.

    std::puts("guests who wait 100 ms");
    {
        auto stew = start("stew", 400ms);
        bool served = stew.wait_for(100ms) == std::future_status::ready;
        std::printf("  served: %s\n", served ? "true" : "false");
    }

    std::puts("whatever is ready first");
    {
        auto soup = start("soup", 400ms);
        auto salad = start("salad", 100ms);
        // Nothing waits for either of two: this waits for one of them.
        std::printf("  served: %s\n", salad.get().c_str());
    }
}
