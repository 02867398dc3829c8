// g++ -std=c++20 -Wall -Wextra orders_with_coroutines.cpp
#include <chrono>
#include <coroutine>
#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <thread>

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::multimap<Clock::time_point, std::coroutine_handle<>> timers;

struct After {
    std::chrono::milliseconds wait;
    decltype(timers)::iterator timer = timers.end();

    bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<> waiter) {
        timer = timers.emplace(Clock::now() + wait, waiter);
    }
    void await_resume() { timer = timers.end(); }
    // The loop must never come to a frame that is gone.
    ~After() {
        if (timer != timers.end()) timers.erase(timer);
    }
};

struct Task {
    struct promise_type {
        Task get_return_object() { return Task(*this); }
        std::suspend_never initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> frame;

    explicit Task(promise_type &promise)
        : frame(decltype(frame)::from_promise(promise)) {}
    Task(const Task &) = delete;
    ~Task() { frame.destroy(); }
    bool done() const { return frame.done(); }
};

struct Dish {
    const char *name;
    bool ready = false;
    ~Dish() {
        if (!ready) std::printf("  %s is thrown away\n", name);
    }
};

Task cook(const char *name, std::chrono::milliseconds wait) {
    Dish dish{name};
    co_await After{wait};
    std::printf("  %s is ready\n", name);
    dish.ready = true;
}

Task clock(std::chrono::milliseconds wait) { co_await After{wait}; }

void run_until(auto done) {
    while (!done()) {
        // A task that waits for no timer would never be resumed.
        if (timers.empty()) throw std::logic_error("nothing to wait for");
        auto next = timers.extract(timers.begin());
        std::this_thread::sleep_until(next.key());
        next.mapped().resume();
    }
}

int main() {
    std::puts("three orders at once");
    {
        auto roast = cook("roast", 300ms);
        auto toast = cook("toast", 100ms);
        auto eggs = cook("eggs", 200ms);
        run_until([&] { return roast.done() && toast.done() && eggs.done(); });
    }

    std::puts("guests who wait 100 ms");
    bool served;
    {
        auto stew = cook("stew", 400ms);
        auto patience = clock(100ms);
        run_until([&] { return stew.done() || patience.done(); });
        served = stew.done();
    }
    std::printf("  served: %s\n", served ? "true" : "false");

    std::puts("whatever is ready first");
    const char *first;
    {
        auto soup = cook("soup", 400ms);
        auto salad = cook("salad", 100ms);
        run_until([&] { return soup.done() || salad.done(); });
        first = soup.done() ? "soup" : "salad";
    }
    std::printf("  served: %s\n", first);
}
