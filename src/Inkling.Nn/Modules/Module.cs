using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// A part of a network: it owns parameters and other modules, and computes nothing by itself. Modules hold no state of a forward
/// pass, so one model serves several tapes.
/// </summary>
/// <remarks>
/// Declare parameters and children in the constructor with <see cref="AddParameter"/> and <see cref="AddChild{TModule}"/>; call
/// <see cref="ModuleExtensions.Build{TModule}"/> once, on the outermost module, to give all of them memory and initial values.
/// </remarks>
[System.Diagnostics.DebuggerDisplay("{ToString(),nq}, {NumberCount} numbers")]
public abstract class Module
{
    private readonly List<Parameter> _own = [];
    private readonly List<(string Name, Module Module)> _children = [];
    private ParameterSet? _parameters;

    /// <summary>All learnt arrays of this module and its children.</summary>
    /// <exception cref="InvalidOperationException">The module is not built.</exception>
    public ParameterSet Parameters => _parameters ?? throw new InvalidOperationException($"{GetType().Name}: not built. Call Build(seed) on the outermost module first; only that one has a parameter set.");

    /// <summary>The children by name.</summary>
    public IReadOnlyList<(string Name, Module Module)> Children => _children;

    /// <summary>All parameters that this module and its children declare, each once, whether or not they are built.</summary>
    public IEnumerable<Parameter> DeclaredParameters => _own.Concat(_children.SelectMany(child => child.Module.DeclaredParameters)).Distinct();

    /// <summary>How many numbers this module and its children learn.</summary>
    public long NumberCount => DeclaredParameters.Sum(p => (long)p.Shape.Length);

    /// <summary>Declares a parameter of this module.</summary>
    protected Parameter AddParameter(string name, Shape shape, Action<Parameter, ulong>? initialize = null, bool decays = true)
    {
        Parameter parameter = new(name, shape, initialize) { Decays = decays };
        _own.Add(parameter);
        return parameter;
    }

    /// <summary>Declares an array that is kept with the model, and in checkpoints, but not learnt, such as running statistics.</summary>
    protected Parameter AddBuffer(string name, Shape shape, Action<Parameter, ulong>? initialize = null)
    {
        Parameter buffer = new(name, shape, initialize) { Decays = false, IsBuffer = true };
        _own.Add(buffer);
        return buffer;
    }

    /// <summary>Declares a child; its parameters are called <c>name.parameter</c>.</summary>
    protected TModule AddChild<TModule>(string name, TModule module)
        where TModule : Module
    {
        _children.Add((name, module));
        return module;
    }

    internal void BuildParameters(ulong seed)
    {
        if (_parameters is not null) throw new InvalidOperationException($"{GetType().Name}: already built.");
        List<Parameter> all = [];
        Collect("", all);
        _parameters = new ParameterSet(all);
        _parameters.InitializeAll(seed);
    }

    private void Collect(string prefix, List<Parameter> all)
    {
        foreach (Parameter parameter in _own)
        {
            if (all.Contains(parameter)) continue;
            parameter.Name = prefix + parameter.Name;
            all.Add(parameter);
        }

        foreach ((string name, Module child) in _children) child.Collect($"{prefix}{name}.", all);
    }
}

/// <summary>Building modules.</summary>
public static class ModuleExtensions
{
    /// <summary>Gives all parameters memory and initial values; the same seed gives the same values, bit for bit.</summary>
    /// <returns>The module itself.</returns>
    /// <exception cref="InvalidOperationException">The module is already built.</exception>
    public static TModule Build<TModule>(this TModule module, ulong seed)
        where TModule : Module
    {
        module.BuildParameters(seed);
        return module;
    }

    /// <summary>Gives all parameters of a built module, or of a part of one, other initial values by one rule; buffers stay. The same seed gives the same values, bit for bit.</summary>
    /// <param name="module">A built module.</param>
    /// <param name="initializer">The rule, such as <see cref="Initializer.Uniform(real)"/>; each parameter is drawn by a seed of its own.</param>
    /// <param name="seed">Decides what is drawn.</param>
    /// <returns>The module itself.</returns>
    public static TModule Initialize<TModule>(this TModule module, Action<Parameter, ulong> initializer, ulong seed)
        where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(initializer);
        ulong number = 0;
        foreach (Parameter parameter in module.DeclaredParameters)
        {
            if (!parameter.IsBuffer) initializer(parameter, CounterRandom.Bits(seed, 0x1A18, number));
            number++;
        }

        return module;
    }

    /// <summary>Freezes all parameters of a module: they get no gradients and no updates, and what lies below them alone is not recorded. At any time, built or not.</summary>
    /// <returns>The module itself.</returns>
    public static TModule Freeze<TModule>(this TModule module)
        where TModule : Module
        => module.SetTrainable(false);

    /// <summary>Lets all parameters of a module learn again.</summary>
    /// <returns>The module itself.</returns>
    public static TModule Unfreeze<TModule>(this TModule module)
        where TModule : Module
        => module.SetTrainable(true);

    /// <summary>Puts all parameters of a module into a group that optimizers treat by itself (<see cref="ParameterGroup"/>). Best before the model is built.</summary>
    /// <returns>The module itself.</returns>
    public static TModule InGroup<TModule>(this TModule module, string group)
        where TModule : Module
    {
        foreach (Parameter parameter in module.DeclaredParameters) parameter.Group = group;
        return module;
    }

    private static TModule SetTrainable<TModule>(this TModule module, bool trainable)
        where TModule : Module
    {
        foreach (Parameter parameter in module.DeclaredParameters) parameter.Trainable = trainable;
        return module;
    }
}

/// <summary>A module from one tensor to one tensor, fit for <see cref="Sequential"/>.</summary>
public interface ILayer
{
    /// <summary>Records the layer on the tape of its input.</summary>
    Tensor Forward(Tensor x);
}
