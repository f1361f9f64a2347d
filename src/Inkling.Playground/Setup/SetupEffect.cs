namespace Inkling.Playground;

/// <summary>What a change of a field means for a run.</summary>
public enum SetupEffect
{
    /// <summary>It looks different.</summary>
    View,

    /// <summary>Training goes on differently.</summary>
    Training,

    /// <summary>The network begins anew.</summary>
    Network,

    /// <summary>Points are made anew, and the network begins anew.</summary>
    Data,
}
