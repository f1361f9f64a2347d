namespace Inkling.Vectors;

/// <summary>What is at a place of a table.</summary>
internal enum PlaceState : byte
{
    /// <summary>Nothing yet.</summary>
    Free,

    /// <summary>A vector that may be found.</summary>
    Live,

    /// <summary>One that was removed or replaced: searches pass through it until its place is reclaimed.</summary>
    Dead,

    /// <summary>One that is being added.</summary>
    Coming,
}
