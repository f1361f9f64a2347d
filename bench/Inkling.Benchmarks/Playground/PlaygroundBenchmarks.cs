using BenchmarkDotNet.Attributes;
using Inkling.Playground;

namespace Inkling.Benchmarks.Playground;

/// <summary>The engine of the playground without its page: an epoch of the spiral, and what a frame of it costs; a batch of letters, and a look at them.</summary>
[MemoryDiagnoser]
public class PlaygroundBenchmarks
{
    private PlaygroundRun _run = null!;
    private NetworkMaps _maps = null!;
    private LettersRun _letters = null!;

    [GlobalSetup]
    public void Setup()
    {
        _run = new PlaygroundRun(SetupText.Parse(PlaygroundLoad.Spiral).Setup);
        _maps = new NetworkMaps(_run);
        _letters = new LettersRun(new LettersSetup());
    }

    [Benchmark]
    public bool Epoch()
    {
        bool holds = true;
        for (int i = 0; i < _run.StepsPerEpoch; i++) holds &= _run.Train();
        return holds;
    }

    [Benchmark]
    public float Frame()
    {
        _maps.Update();
        return PlaygroundFrame.Of(_run).TestLoss;
    }

    [Benchmark]
    public bool LettersBatch() => _letters.Train();

    [Benchmark]
    public int LettersLook() => _letters.Read("").Pieces.Count;

    [Benchmark]
    public int LettersSample() => _letters.Write(200).Length;

    [GlobalCleanup]
    public void Cleanup()
    {
        _run.Dispose();
        _letters.Dispose();
    }
}
