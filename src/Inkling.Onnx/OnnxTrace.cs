namespace Inkling.Onnx;

/// <summary>What a model gets when it is traced for an export: a tape that does not record gradients, the inputs on it, and a place for its outputs.</summary>
public sealed class OnnxTrace
{
    private readonly Dictionary<string, Tensor> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Indices> _integers = new(StringComparer.Ordinal);
    private readonly List<(string Name, Tensor Value)> _outputs = [];

    internal OnnxTrace(Tape tape, IReadOnlyList<OnnxInput> inputs, Func<OnnxDimension, int> sizeOf)
    {
        Tape = tape;
        foreach (OnnxInput input in inputs)
        {
            Shape shape = Shape.Create([.. input.Shape.Select(sizeOf)]);
            if (!input.IsInteger)
            {
                _numbers[input.Name] = tape.Input(shape);
                continue;
            }

            Indices indices = tape.Indices(shape);
            indices.Values.Fill(input.Example);
            _integers[input.Name] = indices;
        }
    }

    /// <summary>The tape of the inputs. Dropout and the like do nothing on it, and batch normalisation uses its running statistics.</summary>
    public Tape Tape { get; }

    internal IReadOnlyList<(string Name, Tensor Value)> Outputs => _outputs;

    internal IReadOnlyDictionary<string, Indices> AllIntegers => _integers;

    /// <summary>An input made by <see cref="OnnxInput.Numbers"/>.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Tensor Numbers(string name) => _numbers.TryGetValue(name, out Tensor found) ? found
        : throw new ArgumentException($"OnnxTrace: no input of numbers is called '{name}'. There are: {string.Join(", ", _numbers.Keys)}.", nameof(name));

    /// <summary>An input made by <see cref="OnnxInput.Integers"/> or <see cref="OnnxInput.Lengths"/>.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Indices Integers(string name) => _integers.TryGetValue(name, out Indices? found) ? found
        : throw new ArgumentException($"OnnxTrace: no input of whole numbers is called '{name}'. There are: {string.Join(", ", _integers.Keys)}.", nameof(name));

    /// <summary>Makes a result an output of the exported model; the outputs stand in the file in the order of the calls.</summary>
    /// <param name="name">What callers of the exported model call it.</param>
    /// <param name="value">The result.</param>
    /// <exception cref="ArgumentException">The name is empty or taken, or the tensor is of another tape.</exception>
    public void Output(string name, Tensor value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!ReferenceEquals(value.Tape, Tape))
            throw new ArgumentException($"OnnxTrace: the output '{name}' is of tape '{value.Tape.Name}', not of the tape that is traced. Run the model on the inputs of the trace.", nameof(value));
        if (_numbers.ContainsKey(name) || _integers.ContainsKey(name) || _outputs.Exists(one => one.Name == name))
            throw new ArgumentException($"OnnxTrace: the name '{name}' is taken; inputs and outputs need names of their own.", nameof(name));
        _outputs.Add((name, value));
    }

    internal Tensor? NumbersOrNone(string name) => _numbers.TryGetValue(name, out Tensor found) ? found : null;
}
