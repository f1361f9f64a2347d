namespace Inkling.Vectors;

/// <summary>How vectors lie in memory while they are searched. What loses accuracy can be made good by <see cref="VectorIndexOptions.Rerank"/>.</summary>
public enum VectorStorage
{
    /// <summary>4 bytes an element, exact.</summary>
    Float32,

    /// <summary>2 bytes an element, 11 bits of accuracy; elements must be within ±65,504.</summary>
    Float16,

    /// <summary>1 byte an element and 8 bytes a vector: steps of 1/127 of the largest element of the vector.</summary>
    Int8,

    /// <summary>1 bit an element, its sign; the distance is the share of bits that differ. Give <see cref="VectorIndexOptions.Rerank"/> with it.</summary>
    Binary,
}
