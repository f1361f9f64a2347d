using BenchmarkDotNet.Attributes;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Benchmarks;

/// <summary>
/// A whole training step of the shipped model's shape: forward, loss over 8,192 tokens, backward, clipping, AdamW. One operation is one
/// token, so the time is that of a token and the reciprocal is tokens a second; 27 MFLOP a token.
/// </summary>
public class LanguageModelTrainingBenchmarks
{
    private const int Time = 64, Batch = 32;
    private readonly Tensor[] _lastHidden = new Tensor[1];
    private readonly Tensor[] _lastCell = new Tensor[1];
    private LstmLanguageModel _model = null!;
    private Tape _tape = null!;
    private AdamW _adam = null!;
    private Indices _inputs = null!;
    private Indices _targets = null!;
    private CarriedState _hidden = null!;
    private CarriedState _cell = null!;
    private Team _team = null!;

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _team = new Team(Threads);
        _model = new LstmLanguageModel(new LstmLanguageModelConfig { VocabularySize = 8192, EmbeddingWidth = 256, HiddenWidth = 640, Layers = 1, Dropout = 0.1 }).Build(1);
        _tape = new Tape(new TapeOptions { Team = _team });
        _adam = new AdamW(_model.Parameters) { Team = _team };
        _inputs = _tape.Indices([Time, Batch]);
        _targets = _tape.Indices([Time, Batch]);
        _hidden = _tape.State([Batch, 640]);
        _cell = _tape.State([Batch, 640]);
        for (int i = 0; i < Time * Batch; i++) (_inputs.Values[i], _targets.Values[i]) = (i * 7919 % 8192, (i + Batch) * 7919 % 8192);
    }

    [Benchmark(OperationsPerInvoke = Time * Batch)]
    public void Step()
    {
        _tape.Begin();
        Tensor features = _model.Forward(_inputs, [_hidden.Tensor], [_cell.Tensor], _lastHidden, _lastCell);
        _tape.Carry(_lastHidden[0], _hidden);
        _tape.Carry(_lastCell[0], _cell);
        _tape.Backward(_model.Loss(features, _targets));
        GradientClipping.ClipByGlobalNorm(_model.Parameters, 1);
        _adam.Step();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _tape.Dispose();
        _team.Dispose();
    }
}
