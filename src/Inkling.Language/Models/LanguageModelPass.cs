using System.Globalization;
using Inkling.Training;

namespace Inkling.Language;

/// <summary>A language model on a tape, with its inputs and the states it carries from batch to batch.</summary>
internal sealed class LanguageModelPass : IDisposable
{
    private readonly LstmLanguageModel _model;
    private readonly CarriedState[] _states;
    private readonly Tensor[] _hidden;
    private readonly Tensor[] _cell;
    private readonly Tensor[] _lastHidden;
    private readonly Tensor[] _lastCell;

    public LanguageModelPass(LstmLanguageModel model, BatchOptions options, TapeOptions tape)
    {
        _model = model;
        Tape = new Tape(tape);
        Shape batch = [options.Steps, options.Lanes], state = [options.Lanes, model.Config.HiddenWidth];
        Inputs = Tape.Indices(batch);
        Targets = Tape.Indices(batch);
        Resets = Tape.Indices(batch);
        int layers = model.Config.Layers;
        _states = new CarriedState[2 * layers];
        for (int i = 0; i < _states.Length; i++) _states[i] = Tape.State(state);
        _hidden = new Tensor[layers];
        _cell = new Tensor[layers];
        _lastHidden = new Tensor[layers];
        _lastCell = new Tensor[layers];
        for (int layer = 0; layer < layers; layer++) (_hidden[layer], _cell[layer]) = (_states[2 * layer].Tensor, _states[(2 * layer) + 1].Tensor);
    }

    public Tape Tape { get; }

    public Indices Inputs { get; }

    public Indices Targets { get; }

    public Indices Resets { get; }

    public void ResetStates()
    {
        foreach (CarriedState state in _states) state.Reset();
    }

    /// <summary>Runs the batch in <see cref="Inputs"/> forward; the number of the step decides its random numbers.</summary>
    public Tensor Run(long step)
    {
        Tape.Step = step;
        Tape.Begin();
        Tensor features = _model.Forward(Inputs, _hidden, _cell, _lastHidden, _lastCell, Resets);
        for (int layer = 0; layer < _hidden.Length; layer++)
        {
            Tape.Carry(_lastHidden[layer], _states[2 * layer]);
            Tape.Carry(_lastCell[layer], _states[(2 * layer) + 1]);
        }

        return _model.Loss(features, Targets);
    }

    public void Save(StateWriter state)
    {
        for (int i = 0; i < _states.Length; i++)
        {
            CarriedState carried = _states[i];
            state.Array(Name(i), carried.Shape.ToArray(), () => carried.Values);
        }
    }

    public void Restore(StateReader state)
    {
        for (int i = 0; i < _states.Length; i++) state.Array(Name(i), _states[i].Shape.ToArray(), _states[i].Values);
    }

    public void Dispose() => Tape.Dispose();

    private static string Name(int i) => (i % 2 == 0 ? "state.hidden_l" : "state.cell_l") + (i / 2).ToString(CultureInfo.InvariantCulture);
}
