using Inkling.Numerics;

namespace Inkling.SoftmaxComparison;

/// <summary>Goes through a text in 32 lanes, 64 words of each at a time, and carries the state of the LSTM on.</summary>
internal sealed class TextPass : IDisposable
{
    public const int Time = 64, Batch = 32;

    private readonly LanguageNet _net;
    private readonly int[] _text;
    private readonly Tape _tape;
    private readonly Indices _inputs;
    private readonly Indices _targets;
    private readonly CarriedState _hidden;
    private readonly CarriedState _cell;
    private readonly Tensor[] _lastHidden = new Tensor[1];
    private readonly Tensor[] _lastCell = new Tensor[1];

    public TextPass(LanguageNet net, int[] text, Team team, ulong seed, bool training)
    {
        _net = net;
        _text = text;
        _tape = new Tape(new TapeOptions { Team = team, Recording = training, Seed = seed });
        (_inputs, _targets) = (_tape.Indices([Time, Batch]), _tape.Indices([Time, Batch]));
        (_hidden, _cell) = (_tape.State([Batch, LanguageNet.HiddenWidth]), _tape.State([Batch, LanguageNet.HiddenWidth]));
    }

    /// <summary>Batches in the text.</summary>
    public int Count => Lane / Time;

    private int Lane => (_text.Length - 1) / Batch;

    /// <summary>The loss of a batch; for training, with the gradients.</summary>
    public double Run(int batch)
    {
        if (batch == 0)
        {
            _hidden.Reset();
            _cell.Reset();
        }

        for (int i = 0; i < Time * Batch; i++)
        {
            int at = (i % Batch * Lane) + (batch * Time) + (i / Batch);
            _inputs.Values[i] = _text[at];
            _targets.Values[i] = _text[at + 1];
        }

        _tape.Begin();
        Tensor loss = _net.Loss(_inputs, _targets, _hidden, _cell, _lastHidden, _lastCell);
        _tape.Carry(_lastHidden[0], _hidden);
        _tape.Carry(_lastCell[0], _cell);
        if (_tape.Recording) _tape.Backward(loss);
        return loss.Item();
    }

    /// <summary>The perplexity of the whole text.</summary>
    public double Perplexity() => Math.Exp(Enumerable.Range(0, Count).Average(Run));

    public void Dispose() => _tape.Dispose();
}
