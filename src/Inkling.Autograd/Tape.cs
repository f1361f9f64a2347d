using System.Runtime.CompilerServices;
using Inkling.Memory;
using Inkling.Numerics;
using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>Options of a <see cref="Tape"/>.</summary>
public sealed record TapeOptions
{
    /// <summary>The threads to compute with. Default: <see cref="Team.Shared"/>, all cores. Results do not depend on it.</summary>
    public Team Team { get; init; } = Team.Shared;

    /// <summary>
    /// Whether operations are recorded for <see cref="Tape.Backward"/>. False is for validation and inference: nothing is saved,
    /// and dropout passes everything. Default: true.
    /// </summary>
    public bool Recording { get; init; } = true;

    /// <summary>Seed of everything random that operations do, together with the step and the operation's place. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>What errors call this tape. Default: <c>tape</c>.</summary>
    public string Name { get; init; } = "tape";
}

/// <summary>
/// Records operations as they compute, in an arena of memory that every step reuses, and runs them backward.
/// </summary>
/// <remarks>
/// A step is <see cref="Begin"/>, operations, <see cref="Backward"/>. Nothing allocates after the first step of a size.
/// A tape serves one thread at a time; several tapes are independent. First-order gradients only.
/// </remarks>
/// <example><code>
/// using var tape = new Tape();
/// Tensor x = tape.Input([2], [3f, 4f], requiresGradient: true);
/// tape.Begin();
/// Tensor y = (x * x).Sum();
/// tape.Backward(y);                    // x.Gradient is [6, 8]
/// </code></example>
public sealed partial class Tape : IDisposable
{
    private readonly Arena _persistentMemory = new();
    private readonly Arena _stepMemory = new();
    private readonly Arena _scratch = new();
    private readonly GradientPool _gradients = new();
    private readonly List<ParameterSet> _parameterSets = [];
    private readonly List<CarriedState> _states = [];

    private Slot[] _persistent = new Slot[16];
    private Parameter?[] _parameters = new Parameter?[16];
    private int _persistentCount;
    private Slot[] _slots = new Slot[64];
    private int _slotCount;
    private long _generation;

    /// <summary>Makes a tape.</summary>
    public Tape(TapeOptions? options = null)
    {
        options ??= new TapeOptions();
        Team = options.Team;
        Recording = options.Recording;
        Seed = options.Seed;
        Name = options.Name;
    }

    /// <summary>The threads it computes with.</summary>
    public Team Team { get; }

    /// <summary>Whether operations are recorded for a backward pass.</summary>
    public bool Recording { get; }

    /// <summary>Seed of everything random on this tape.</summary>
    public ulong Seed { get; set; }

    /// <summary>What errors call this tape.</summary>
    public string Name { get; }

    /// <summary>
    /// The number of the step, counted by <see cref="Begin"/>; with <see cref="Seed"/> it decides the random numbers of the step.
    /// Set it when training resumes.
    /// </summary>
    public long Step { get; set; }

    /// <summary>Memory held for values and gradients, in bytes. It stays what the largest step needed.</summary>
    public long MemoryBytes => sizeof(real) * (_persistentMemory.Capacity + _stepMemory.Capacity + _scratch.Capacity + _gradients.Capacity);

    internal bool IsDisposed { get; private set; }

    /// <summary>
    /// Starts a step: tensors of the step before become invalid, their memory is used again, and values named to
    /// <see cref="Carry"/> appear in their states.
    /// </summary>
    public void Begin()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        foreach (CarriedState state in _states) state.Swap(this);
        foreach (ParameterSet set in _parameterSets) set.ApplyDeferred();
        _slotCount = 0;
        _nodeCount = 0;
        _hookCount = 0;
        _generation++;
        Step++;
        _stepMemory.Rewind();
        _gradients.Rewind();
    }

    /// <summary>An input: memory that stays until the tape is disposed, filled now or later by <see cref="Tensor.Write"/>.</summary>
    /// <param name="shape">The sizes of its axes.</param>
    /// <param name="values">The values, row-major; empty leaves zeros.</param>
    /// <param name="requiresGradient">Whether <see cref="Backward"/> shall compute the gradient with respect to it.</param>
    /// <exception cref="ArgumentException">The number of values is not the shape's.</exception>
    public Tensor Input(Shape shape, ReadOnlySpan<real> values = default, bool requiresGradient = false)
    {
        int length = shape.Length;
        if (!values.IsEmpty && values.Length != length) throw new ArgumentException($"Input: {values.Length} values given for the shape {shape} of {length}.", nameof(values));
        Range memory = _persistentMemory.Take(length);
        if (values.IsEmpty) memory.Span.Clear();
        else values.CopyTo(memory.Span);
        Slot slot = new() { Shape = shape, Memory = memory, Base = Slot.NoBase, NeedsGradient = requiresGradient && Recording };
        if (slot.NeedsGradient)
        {
            slot.GradientMemory = _persistentMemory.Take(length);
            slot.RetainGradient = true;
        }

        return new Tensor(this, AddPersistent(slot), 0);
    }

    /// <summary>Integer inputs, all zero until written.</summary>
    public Indices Indices(Shape shape) => new(this, shape);

    /// <summary>Integer inputs with the given values.</summary>
    public Indices Indices(Shape shape, ReadOnlySpan<int> values)
    {
        Indices indices = new(this, shape);
        indices.Write(values);
        return indices;
    }

    /// <summary>A parameter as an operand on this tape.</summary>
    public Tensor Parameter(Parameter parameter)
    {
        if (parameter.TryGetSlot(this, out int slot))
        {
            ref Slot known = ref _persistent[~slot];
            known.NeedsGradient = parameter.Trainable && Recording;
            return new Tensor(this, slot, 0);
        }

        ParameterSet set = parameter.Set;
        if (!_parameterSets.Contains(set)) _parameterSets.Add(set);
        int length = parameter.Shape.Length;
        slot = AddPersistent(new Slot
        {
            Shape = parameter.Shape,
            Memory = new Range(set.ValueSlab, parameter.Offset, length),
            GradientMemory = new Range(set.GradientSlab, parameter.Offset, length),
            Base = Slot.NoBase,
            NeedsGradient = parameter.Trainable && Recording,
            HasGradient = true,
            RetainGradient = true,
            IsParameter = true,
        });
        _parameters[~slot] = parameter;
        parameter.RememberSlot(this, slot);
        return new Tensor(this, slot, 0);
    }

    /// <summary>State that is carried from step to step, such as an LSTM's; zero at first.</summary>
    public CarriedState State(Shape shape)
    {
        CarriedState state = new(shape, Input(shape), _persistentMemory.Take(shape.Length));
        _states.Add(state);
        return state;
    }

    /// <summary>
    /// Makes <paramref name="value"/> the content of <paramref name="state"/> from the next <see cref="Begin"/> on; until then the
    /// state keeps what the backward pass still reads. No gradient flows through (truncated back-propagation).
    /// </summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Carry(Tensor value, CarriedState state)
    {
        ref Slot slot = ref value.Resolve();
        if (slot.Shape != state.Shape) throw new ArgumentException($"Carry: the value is {slot.Shape}, the state {state.Shape}. Make the state with the value's shape.", nameof(value));
        slot.Values.CopyTo(state.Next.Span);
        state.IsPending = true;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        _generation = long.MaxValue;
        _persistentCount = 0;
        _slotCount = 0;
    }

    internal bool IsLive(int slot, uint step) => slot < 0 ? ~slot < _persistentCount : step == (uint)_generation && slot < _slotCount;

    /// <summary>The count of steps of which <paramref name="step"/> is the low half: the last one.</summary>
    internal long StepOf(uint step) => _generation - (uint)((uint)_generation - step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref Slot SlotAt(int slot)
    {
        if (slot < 0) return ref _persistent[~slot];
        return ref _slots[slot];
    }

    /// <summary>The slot of a result of the step, which is none of the persistent ones.</summary>
    internal ref Slot ResultAt(int slot) => ref _slots[slot];

    internal Range TakeStepMemory(int length) => _stepMemory.Take(length);

    internal Range TakeScratch(int length) => _scratch.Take(length);

    internal void SwapMemory(int slot, Range memory) => _persistent[~slot].Memory = memory;

    private int AddPersistent(Slot slot)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (_persistentCount == _persistent.Length)
        {
            Array.Resize(ref _persistent, _persistentCount * 2);
            Array.Resize(ref _parameters, _persistentCount * 2);
        }

        _persistent[_persistentCount] = slot;
        return ~_persistentCount++;
    }

    /// <summary>Where the next slot will be.</summary>
    private ref Slot NextSlot()
    {
        if (_slotCount == _slots.Length) Array.Resize(ref _slots, _slotCount * 2);
        return ref _slots[_slotCount];
    }

    /// <summary>The next slot, with the fields of a fresh result but its shape.</summary>
    private ref Slot AddSlot(int length, bool needsGradient)
    {
        ref Slot slot = ref NextSlot();
        slot.BeginResult(_stepMemory.Take(length), needsGradient);
        _slotCount++;
        return ref slot;
    }
}
