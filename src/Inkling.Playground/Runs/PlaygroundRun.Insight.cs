using Inkling.Nn;

namespace Inkling.Playground;

/// <content>What looking into a run needs of it: moments of its training, and its loss on another network of the same setup.</content>
public sealed partial class PlaygroundRun
{
    private string[]? _stateNames;

    /// <summary>The moments of its training that are kept; null unless <see cref="KeepPath"/> was called.</summary>
    public TrainingPath? Path { get; private set; }

    /// <summary>Keeps moments of the training from now on.</summary>
    /// <param name="most">How many, 2 to <see cref="TrainingPath.MostMoments"/>. Default: 200.</param>
    /// <param name="resumable">Whether training can go on from them; otherwise the weights alone are kept. Default: yes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public TrainingPath KeepPath(int most = 200, bool resumable = true) => Path = new TrainingPath(this, most, resumable);

    /// <summary>
    /// Takes the run back, or forth, to a moment of its <see cref="Path"/>. Trained on from there it does what it did before, bit for bit, unless the learning rate or the penalty has
    /// changed since; early stopping begins to watch anew; moments after it stay until then.
    /// </summary>
    /// <exception cref="ArgumentException">The moment keeps the weights alone, or is of another network.</exception>
    public void GoTo(PathMoment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        if (!moment.IsResumable || moment.Values.Length != Network.Parameters.Values.Length || moment.Order.Length != _order.Length)
            throw new ArgumentException("PlaygroundRun.GoTo: this moment is not one of this run's path that training can go on from.", nameof(moment));
        moment.Values.CopyTo(Network.Parameters.Values);
        moment.Order.CopyTo(_order);
        int at = 0;
        foreach (string name in StateNames) moment.State[at++].CopyTo(_optimizer.State(name));
        _optimizer.Steps = moment.OptimizerSteps;
        if (Plateau is { } plateau && moment.Plateau is { } known) (plateau.Factor, plateau.Best, plateau.Waited) = known;
        Network.Parameters.ConsumeGradients();
        Step = moment.Step;
        DivergedAt = null;
        (Stopped, BestEpoch) = (false, null);
        _best.Forget();
    }

    /// <summary>Puts other weights into the network, those of another run of the same shape: what the optimizer and early stopping remember is of the former ones, and goes.</summary>
    /// <param name="values">As many as <see cref="ParameterSet.Values"/> of the network.</param>
    /// <exception cref="ArgumentException">They are more or fewer.</exception>
    public void PutWeights(ReadOnlySpan<float> values)
    {
        if (values.Length != Network.Parameters.Values.Length)
            throw new ArgumentException($"PlaygroundRun.PutWeights: {values.Length} values for a network of {Network.Parameters.Values.Length}.", nameof(values));
        values.CopyTo(Network.Parameters.Values);
        Network.Parameters.ConsumeGradients();
        _optimizer = PlaygroundChoices.CreateOptimizer(Network.Parameters, Setup);
        (DivergedAt, Stopped, BestEpoch) = (null, false, null);
        _best.Forget();
        Path?.Replace();
    }

    // The optimizer of a run may be made anew, but is always of one kind.
    private string[] StateNames => _stateNames ??= [.. _optimizer.StateNames];

    internal PathMoment MakeMoment(bool resumable) => resumable
        ? new PathMoment(Network.Parameters.Values.Length, [.. StateNames.Select(name => new float[_optimizer.State(name).Length])], _order.Length)
        : new PathMoment(Network.Parameters.Values.Length, [], 0);

    internal void Capture(PathMoment moment)
    {
        Network.Parameters.Values.CopyTo(moment.Weights);
        moment.Mark(Step, Epoch, _optimizer.Steps);
        if (!moment.IsResumable) return;
        moment.Measured(Losses());
        _order.CopyTo(moment.Order);
        moment.Plateau = Plateau is { } plateau ? (plateau.Factor, plateau.Best, plateau.Waited) : null;
        int at = 0;
        foreach (string name in StateNames) _optimizer.State(name).CopyTo(moment.State[at++]);
    }

    /// <summary>What the network sees of training points, <c>[n, inputs]</c>, and what it shall say of them.</summary>
    internal (float[] Inputs, float[] Targets) TrainingRows(int first, int most)
    {
        int count = Math.Min(most, Points.Training.Count - first), width = Setup.InputCount;
        return (Points.TrainingInputs.AsSpan(first * width, count * width).ToArray(), [.. Points.Training.Skip(first).Take(count).Select(TargetOf)]);
    }

    /// <summary>The same of a place of the plane with a label; columns that the map does not show are at their mean.</summary>
    internal (float[] Inputs, float[] Targets) RowOf(LabelledPoint point) => (PointCloud.InputsAt(Setup, [point.X, point.Y]), [TargetOf(point)]);

    private float TargetOf(LabelledPoint point) => Network.HasOutputOfEachClass ? point.Label : Network.TargetOf(point.Label);

    /// <summary>The loss of an output for targets of <see cref="TrainingRows"/>, on the output's tape.</summary>
    internal Tensor LossOn(Tensor output, ReadOnlySpan<float> targets)
    {
        if (!Network.HasOutputOfEachClass) return Network.LossOf(output, output.Tape.Constant([targets.Length, 1], targets));
        Indices classes = output.Tape.Indices([targets.Length]);
        for (int i = 0; i < targets.Length; i++) classes.Values[i] = (int)targets[i];
        return Nn.Losses.CrossEntropy(output, classes);
    }
}
