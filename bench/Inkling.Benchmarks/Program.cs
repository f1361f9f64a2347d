using BenchmarkDotNet.Running;
using Inkling.Benchmarks.Playground;
using Inkling.Benchmarks.Tuning;

// dotnet run -c Release --project bench/Inkling.Benchmarks -- --filter '*Gemm*'
// dotnet run -c Release --project bench/Inkling.Benchmarks -- playground [SECONDS]      visitors of the playground, on the program as it is built
// dotnet run -c Release --project bench/Inkling.Benchmarks -- studies [TRIALS]          reading a study of 10,000 trials from SQLite
if (args is ["playground", ..]) return await PlaygroundLoad.RunAsync(args[1..]);
if (args is ["studies", ..]) return StudyListing.Run(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
