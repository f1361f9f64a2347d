using BenchmarkDotNet.Running;
using Inkling.Benchmarks.Playground;

// dotnet run -c Release --project bench/Inkling.Benchmarks -- --filter '*Gemm*'
// dotnet run -c Release --project bench/Inkling.Benchmarks -- playground [SECONDS]      visitors of the playground, on the program as it is built
if (args is ["playground", ..]) return await PlaygroundLoad.RunAsync(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
