namespace Inkling.Playground;

/// <summary>
/// What every neuron says over the plane, as bytes: 0 for −1 or less, 255 for 1 or more. Maps are rows from top (y = 6) to bottom, from left (x = −6) to right.
/// Where each class has an output there follow, after the maps of hidden neurons, small maps of the probability of each class (0 for 0, 255 for 1), and as the large
/// map two: the class that is most probable, and its probability.
/// </summary>
public sealed class NetworkMaps
{
    /// <summary>Points along each side of the map of an input or a hidden neuron.</summary>
    public const int NeuronSide = 32;

    /// <summary>Points along each side of the map of the output.</summary>
    public const int OutputSide = 96;

    /// <summary>How far the plane reaches from its middle where its points do not say: from −6 to 6.</summary>
    public const float Reach = 6;

    private readonly PlaygroundRun _run;
    private readonly Tensor _coarse;
    private readonly Tensor _fine;
    private readonly Tensor[] _hidden;
    private readonly byte[] _bytes;
    private (int, int) _shown;

    /// <summary>Prepares maps of a run.</summary>
    public NetworkMaps(PlaygroundRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        _coarse = Grid(NeuronSide);
        _fine = Grid(OutputSide);
        _shown = (run.Setup.MapX, run.Setup.MapY);
        _hidden = new Tensor[run.Setup.Hidden.Count];
        Neurons = run.Setup.Hidden.Sum();
        int classes = run.Network.HasOutputOfEachClass ? run.Network.Classes : 0;
        _bytes = new byte[((Neurons + classes) * NeuronSide * NeuronSide) + ((classes > 0 ? 2 : 1) * OutputSide * OutputSide)];

        Tensor Grid(int side) => run.Looking.Input([side * side, run.Setup.InputCount], PointCloud.InputsAt(run.Setup, Places(side, run.Points.Reach)));
    }

    /// <summary>Hidden neurons, each with a map.</summary>
    public int Neurons { get; }

    /// <summary>The maps of all hidden neurons, layer by layer, and last of the output; valid until the next <see cref="Update"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The maps of inputs, one after the other in the order of <see cref="InputFeatures.All"/>, of all of them.</summary>
    /// <param name="reach">How far the plane reaches from its middle. Default: 6.</param>
    public static byte[] OfInputs(float reach = Reach)
    {
        float[] values = InputFeatures.Read([.. InputFeatures.All.Select(feature => feature.Name)], Places(NeuronSide, reach));
        byte[] bytes = new byte[values.Length];
        int count = InputFeatures.All.Count;
        for (int f = 0; f < count; f++)
        {
            for (int i = 0; i < NeuronSide * NeuronSide; i++) bytes[(f * NeuronSide * NeuronSide) + i] = Shade(values[(i * count) + f]);
        }

        return bytes;
    }

    /// <summary>Draws the maps anew; allocates nothing.</summary>
    public void Update()
    {
        Tape tape = _run.Looking;
        tape.Begin();
        if (_shown != (_run.Setup.MapX, _run.Setup.MapY)) Place();
        Tensor output = _run.Network.Forward(_coarse, _hidden);
        int to = 0;
        foreach (Tensor layer in _hidden)
        {
            int width = layer.Shape[1];
            ReadOnlySpan<float> values = layer.Values;
            for (int neuron = 0; neuron < width; neuron++)
            {
                for (int i = neuron; i < values.Length; i += width) _bytes[to++] = Shade(values[i]);
            }
        }

        if (_run.Network.HasOutputOfEachClass)
        {
            DrawClasses(output, to);
            return;
        }

        foreach (float value in _run.Network.Forward(_fine).Values) _bytes[to++] = Shade(_run.Network.SignOf(value));
    }

    /// <summary>Other columns are shown: the same memory with other values.</summary>
    private void Place()
    {
        _shown = (_run.Setup.MapX, _run.Setup.MapY);
        _coarse.Write(PointCloud.InputsAt(_run.Setup, Places(NeuronSide, _run.Points.Reach)));
        _fine.Write(PointCloud.InputsAt(_run.Setup, Places(OutputSide, _run.Points.Reach)));
    }

    private void DrawClasses(Tensor coarse, int to)
    {
        int classes = _run.Network.Classes;
        ReadOnlySpan<float> values = coarse.Softmax().Values;
        for (int i = 0; i < classes; i++)
        {
            for (int at = i; at < values.Length; at += classes) _bytes[to++] = Share(values[at]);
        }

        values = _run.Network.Forward(_fine).Softmax().Values;
        for (int cell = 0; cell < OutputSide * OutputSide; cell++, to++)
        {
            ReadOnlySpan<float> probabilities = values.Slice(cell * classes, classes);
            int best = _run.Network.ClassOf(probabilities);
            _bytes[to] = (byte)best;
            _bytes[to + (OutputSide * OutputSide)] = Share(probabilities[best]);
        }
    }

    /// <summary>x and y of the middle of each cell, row by row from the top.</summary>
    internal static float[] Places(int side, float reach)
    {
        float[] places = new float[2 * side * side];
        for (int row = 0, i = 0; row < side; row++)
        {
            for (int column = 0; column < side; column++)
            {
                places[i++] = reach * ((((2 * column) + 1f) / side) - 1);
                places[i++] = reach * (1 - (((2 * row) + 1f) / side));
            }
        }

        return places;
    }

    private static byte Share(float probability) => float.IsNaN(probability) ? (byte)0 : (byte)MathF.Round(255 * probability);

    internal static byte Shade(float value) => float.IsNaN(value) ? (byte)128 : (byte)MathF.Round((Math.Clamp(value, -1, 1) + 1) * 127.5f);
}
