using Inkling.App.Running;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>Where studies are kept: <c>memory</c>, <c>sqlite:FILE</c> or <c>postgres://user@host/db</c>.</summary>
internal static class StudyPlace
{
    /// <summary>What the options are, for messages.</summary>
    public const string Forms = "memory, sqlite:FILE or postgres://user@host/db";

    private const string Sqlite = "sqlite:";

    /// <summary>The address of the user's own studies.</summary>
    public static string OfUser(DataFolder data) => Sqlite + FileOfUser(data);

    /// <summary>The file of the user's own studies.</summary>
    public static string FileOfUser(DataFolder data) => Path.Combine(data.Studies, "inkling-studies.db");

    /// <summary>The file of an address; null if it is not <c>sqlite:FILE</c>.</summary>
    public static string? FileOf(string? address) => address is not null && address.StartsWith(Sqlite, StringComparison.Ordinal) && address.Length > Sqlite.Length ? address[Sqlite.Length..] : null;

    /// <summary>Opens a storage.</summary>
    /// <param name="address">One of <see cref="Forms"/>; null for the user's own file, whose folder is made if it is missing.</param>
    /// <param name="data">The user's data folder.</param>
    /// <exception cref="FailureException">It is no such address.</exception>
    /// <exception cref="StorageException">It cannot be opened.</exception>
    public static IStudyStorage Open(string? address, DataFolder data)
    {
        if (address is null)
        {
            Directory.CreateDirectory(data.Studies);
            return new SqliteStorage(FileOfUser(data));
        }

        if (address == "memory") return new MemoryStorage();
        if (FileOf(address) is { } file) return new SqliteStorage(file);
        if (!address.StartsWith("postgres://", StringComparison.Ordinal) && !address.StartsWith("postgresql://", StringComparison.Ordinal))
            throw FailureException.Usage($"--storage {address}: give {Forms}");
        try
        {
            return new PostgresStorage(address);
        }
        catch (ArgumentException wrong)
        {
            throw FailureException.Usage($"--storage: {wrong.Message}");
        }
    }
}
