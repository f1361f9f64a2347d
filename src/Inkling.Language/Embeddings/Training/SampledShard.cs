using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>A part of a round: reads its words with their windows and lets the model learn on copies of the rows. See <see cref="SampledTraining"/>.</summary>
internal sealed class SampledShard
{
    private readonly SampledText _text;
    private readonly ISampledModel _model;
    private readonly List<int> _words = [];
    private readonly List<int> _places = [];
    private readonly int[] _neighbors;
    private readonly int[] _inputs;
    private readonly int[] _outputs;
    private readonly int[] _targets;
    private readonly float[] _changes;
    private readonly float[] _errors;
    private readonly float[] _hidden;
    private readonly int _stride;
    private int _inputCount;
    private int _outputCount;
    private int _epoch;
    private int _place;
    private int _draws;

    public SampledShard(SampledText text, SampledTables tables, ISampledModel model)
    {
        _text = text;
        _model = model;
        Input = new RowCopies(tables.Input);
        Output = new RowCopies(tables.Output);
        _stride = tables.Input.Stride;
        _neighbors = new int[2 * text.Window];
        int sixes = (text.Negative + NegativeSampling.Six) / NegativeSampling.Six * NegativeSampling.Six;
        _inputs = new int[model.MostInputs(_neighbors.Length)];
        _outputs = new int[model.MostOutputs(_neighbors.Length) * sixes];
        _targets = new int[_outputs.Length];
        _changes = new float[_inputs.Length * _stride];
        _errors = new float[_inputs.Length * _outputs.Length];
        _hidden = new float[_stride];
    }

    /// <summary>Copies of the rows of words as they are read.</summary>
    public RowCopies Input { get; }

    /// <summary>Copies of the rows of words as they are guessed.</summary>
    public RowCopies Output { get; }

    /// <summary>Learns from places <paramref name="start"/> up to <paramref name="end"/>; windows reach beyond.</summary>
    public void Learn(int epoch, int start, int end, float rate)
    {
        Input.Clear();
        Output.Clear();
        _epoch = epoch;
        int first = Gather(start, end);
        for (int i = first; i < _words.Count && _places[i] < end; i++)
        {
            if (_words[i] == WordCorpus.Break) continue;
            _place = _places[i];
            _draws = 0;
            int count = Neighbors(i, _text.Reach(epoch, _place));
            if (count > 0) _model.Learn(this, _words[i], _neighbors.AsSpan(0, count), rate);
        }

        Input.ToChanges();
        Output.ToChanges();
    }

    /// <summary>Begins a step: no inputs, no outputs.</summary>
    public void Begin() => _inputCount = _outputCount = 0;

    /// <summary>Reads the row <paramref name="row"/>.</summary>
    public void AddInput(int row) => _inputs[_inputCount++] = Input.Place(row);

    /// <summary>Guesses a word, among as many noise words as the options say.</summary>
    public void AddOutput(int word)
    {
        int six = _outputCount;
        Put(Output.Place(word), 1);
        for (int n = 0; n < _text.Negative; n++)
        {
            int drawn = _text.Draw(_epoch, _place, _draws++), place = drawn == word ? 0 : Output.Place(drawn);
            if (_outputCount - six == NegativeSampling.Six) six = _outputCount;
            // A row changes once in a six; the word itself is no noise.
            if (place == 0 || _outputs.AsSpan(six, _outputCount - six).Contains(place)) Put(0, NegativeSampling.Nothing);
            else Put(place, 0);
        }

        while (_outputCount % NegativeSampling.Six != 0) Put(0, NegativeSampling.Nothing);
    }

    /// <summary>A step with each input for itself.</summary>
    public void StepEach(float rate)
    {
        ReadOnlySpan<int> inputs = _inputs.AsSpan(0, _inputCount);
        NegativeSampling.Step(Input.Values, inputs, Output.Values, _outputs.AsSpan(0, _outputCount), _targets.AsSpan(0, _outputCount), _stride, rate, _changes, _errors);
        RowTables.Add(_changes.AsSpan(0, int.Max(2, _inputCount) * _stride), Input.Values, inputs, _stride);
    }

    /// <summary>A step with the mean of all inputs, whose change goes to each of them in full.</summary>
    public void StepMean(float rate)
    {
        ReadOnlySpan<int> inputs = _inputs.AsSpan(0, _inputCount);
        RowTables.Sum(Input.Values, inputs, _stride, 1f / inputs.Length, _hidden);
        NegativeSampling.Step(_hidden, [0], Output.Values, _outputs.AsSpan(0, _outputCount), _targets.AsSpan(0, _outputCount), _stride, rate, _changes, _errors);
        RowTables.Add(_changes.AsSpan(0, _stride), Input.Values, inputs, _stride);
    }

    private void Put(int place, int target)
    {
        _outputs[_outputCount] = place;
        _targets[_outputCount++] = target;
    }

    /// <summary>Lists the words that are read, with the neighbours of the first and the last; returns where the first stands.</summary>
    private int Gather(int start, int end)
    {
        ReadOnlySpan<int> tokens = _text.Tokens;
        _words.Clear();
        _places.Clear();
        for (int place = start - 1; place >= 0 && tokens[place] != WordCorpus.Break && _words.Count < _text.Window; place--) TakeIfKept(tokens, place);
        _words.Reverse();
        _places.Reverse();
        int first = _words.Count, behind = 0;
        for (int place = start; place < tokens.Length; place++)
        {
            if (place >= end && (tokens[place] == WordCorpus.Break || behind == _text.Window)) break;
            if (TakeIfKept(tokens, place) && place >= end) behind++;
        }

        return first;
    }

    private bool TakeIfKept(ReadOnlySpan<int> tokens, int place)
    {
        if (tokens[place] != WordCorpus.Break && !_text.Keeps(_epoch, place)) return false;
        _words.Add(tokens[place]);
        _places.Add(place);
        return true;
    }

    private int Neighbors(int at, int reach)
    {
        int count = 0;
        for (int i = at - 1; i >= 0 && i >= at - reach && _words[i] != WordCorpus.Break; i--) _neighbors[count++] = _words[i];
        for (int i = at + 1; i < _words.Count && i <= at + reach && _words[i] != WordCorpus.Break; i++) _neighbors[count++] = _words[i];
        return count;
    }
}
