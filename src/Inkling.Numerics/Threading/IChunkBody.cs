namespace Inkling.Numerics;

/// <summary>Work that falls into independent chunks. Its fields are its arguments.</summary>
internal interface IChunkBody
{
    /// <summary>Does chunk <paramref name="chunk"/>. Called once for each, on any thread, in any order, several at a time.</summary>
    void Run(int chunk);
}
