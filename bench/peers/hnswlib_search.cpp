// hnswlib (Debian: libhnswlib-dev) as a peer that bench/vectors asks: it builds an index over a file of float32 rows, then answers one line for each line
// it reads from standard input.
//   g++ -O3 -march=native -std=c++17 -pthread hnswlib_search.cpp -o hnswlib_search
//   hnswlib_search BASE QUERIES DIMENSIONS l2|ip M EFC BUILDTHREADS
// It says "built WALL-SECONDS PROCESSOR-SECONDS". Then
//   search EF K THREADS OUT   searches all queries, writes their labels to OUT as int32 [queries, K], says "wall seconds, processor seconds"
#include <hnswlib/hnswlib.h>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>
#include <vector>

static std::vector<float> read_floats(const char *path) {
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    std::vector<float> all(in.tellg() / sizeof(float));
    in.seekg(0);
    in.read(reinterpret_cast<char *>(all.data()), all.size() * sizeof(float));
    return all;
}

static double wall() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

static double processor() {
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

template <class F> static void share_out(size_t n, int threads, F work) {
    std::atomic<size_t> next{0};
    auto take = [&] {
        for (size_t i; (i = next.fetch_add(1)) < n;) work(i);
    };
    std::vector<std::thread> others;
    for (int t = 1; t < threads; t++) others.emplace_back(take);
    take();
    for (auto &other : others) other.join();
}

int main(int, char **argv) {
    std::vector<float> base = read_floats(argv[1]), queries = read_floats(argv[2]);
    size_t d = std::stoul(argv[3]), n = base.size() / d, q = queries.size() / d;
    std::unique_ptr<hnswlib::SpaceInterface<float>> space;
    if (std::string(argv[4]) == "l2") space = std::make_unique<hnswlib::L2Space>(d);
    else space = std::make_unique<hnswlib::InnerProductSpace>(d);
    hnswlib::HierarchicalNSW<float> index(space.get(), n, std::stoul(argv[5]), std::stoul(argv[6]));
    double from = wall(), used = processor();
    index.addPoint(base.data(), 0);
    share_out(n - 1, std::stoi(argv[7]), [&](size_t i) { index.addPoint(base.data() + (i + 1) * d, i + 1); });
    printf("built %.3f %.3f\n", wall() - from, processor() - used);
    fflush(stdout);
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words(line);
        std::string what, out;
        size_t ef, k;
        int threads;
        words >> what;
        if (what != "search") break;
        words >> ef >> k >> threads >> out;
        index.setEf(ef);
        std::vector<int> labels(q * k, -1);
        from = wall();
        used = processor();
        share_out(q, threads, [&](size_t i) {
            auto found = index.searchKnn(queries.data() + i * d, k);
            for (size_t j = found.size(); j-- > 0; found.pop()) labels[i * k + j] = (int)found.top().second;
        });
        double took = wall() - from, cpu = processor() - used;
        std::ofstream(out, std::ios::binary).write(reinterpret_cast<const char *>(labels.data()), labels.size() * sizeof(int));
        printf("%.6f %.6f\n", took, cpu);
        fflush(stdout);
    }
}
