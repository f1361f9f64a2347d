namespace Inkling.Tuning;

/// <summary>A study as a storage knows it, without its trials.</summary>
/// <param name="Id">Its key in the storage.</param>
/// <param name="Specification">What it was created with; attributes as they are now.</param>
/// <param name="Created">When it was created.</param>
/// <param name="TrialCount">The number of its trials when it was read.</param>
public sealed record StudyRecord(long Id, StudySpecification Specification, DateTimeOffset Created, int TrialCount)
{
    /// <summary>Its name.</summary>
    public string Name => Specification.Name;
}
