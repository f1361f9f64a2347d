namespace Inkling.Nn;

/// <summary>
/// A layer whose input is added to its output, <c>y = x + f(x)</c>, or with a shortcut <c>y = s(x) + f(x)</c> (He et al. 2016, eq. 1 and 2). Parameters are called <c>body.…</c> and
/// <c>shortcut.…</c>.
/// </summary>
public sealed class Residual : Module, ILayer
{
    private readonly ILayer _body;
    private readonly ILayer? _shortcut;

    /// <summary>Wraps a layer.</summary>
    /// <param name="body">f; without a shortcut its output has the shape of its input.</param>
    /// <param name="shortcut">s, such as a convolution of one element where shapes change; null passes x as it is.</param>
    public Residual(ILayer body, ILayer? shortcut = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        _body = body;
        _shortcut = shortcut;
        if (body is Module module) AddChild("body", module);
        if (shortcut is Module other) AddChild("shortcut", other);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Both ways lead to different shapes.</exception>
    public Tensor Forward(Tensor x)
    {
        Tensor y = _body.Forward(x), kept = _shortcut is null ? x : _shortcut.Forward(x);
        if (y.Shape != kept.Shape) throw new ArgumentException($"Residual: the body makes {y.Shape} of {x.Shape}, the shortcut {kept.Shape}; they must agree. Give a shortcut that changes the shape alike.", nameof(x));
        return kept + y;
    }

    /// <inheritdoc/>
    public override string ToString() => _shortcut is null ? $"Residual({_body})" : $"Residual({_body}, {_shortcut})";
}
