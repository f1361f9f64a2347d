using System.Globalization;
using Inkling.Training;

namespace Inkling.Language;

/// <summary>A language model on a tape, with a batch of a text and the states it carries from batch to batch.</summary>
internal sealed class TextPass : IDisposable
{
    private readonly LanguageModel _model;
    private readonly CarriedState[] _carried;
    private readonly Tensor[] _states;
    private readonly Tensor[] _last;

    public TextPass(LanguageModel model, int lanes, int steps, TapeOptions options)
    {
        _model = model;
        Tape = new Tape(options);
        (Inputs, Targets) = (Tape.Indices([steps, lanes]), Tape.Indices([steps, lanes]));
        _carried = [.. model.StateWidths.Select(width => Tape.State([lanes, width]))];
        _states = [.. _carried.Select(state => state.Tensor)];
        _last = new Tensor[_states.Length];
    }

    public Tape Tape { get; }

    public Indices Inputs { get; }

    public Indices Targets { get; }

    public void ResetStates()
    {
        foreach (CarriedState state in _carried) state.Reset();
    }

    /// <summary>Runs the tokens in <see cref="Inputs"/> forward to their features; the number of the step decides its random numbers.</summary>
    public Tensor Read(long step)
    {
        Tape.Step = step;
        Tape.Begin();
        Tensor features = _model.Forward(Inputs, _states, _last);
        for (int i = 0; i < _carried.Length; i++) Tape.Carry(_last[i], _carried[i]);
        return features;
    }

    /// <summary>Runs a batch of a text forward to its loss.</summary>
    /// <returns>The mean loss, and over how many targets.</returns>
    public (Tensor Loss, int Targets) Run(TextBatches batches, long epoch, long batch, long step)
    {
        int targets = batches.Fill(epoch, batch, Inputs.Values, Targets.Values);
        if (batch == 0 || !batches.Continues) ResetStates();
        return (_model.Loss(Read(step), Targets), targets);
    }

    public void Save(StateWriter state)
    {
        for (int i = 0; i < _carried.Length; i++)
        {
            CarriedState carried = _carried[i];
            state.Array(Name(i), carried.Shape.ToArray(), () => carried.Values);
        }
    }

    public void Restore(StateReader state)
    {
        for (int i = 0; i < _carried.Length; i++) state.Array(Name(i), _carried[i].Shape.ToArray(), _carried[i].Values);
    }

    public void Dispose() => Tape.Dispose();

    private static string Name(int i) => "text.state" + i.ToString(CultureInfo.InvariantCulture);
}
