using Inkling.App.Running;
using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying;

/// <summary>The storage whose studies the page shows: the user's own file, or another that was named. It is opened when it is first asked for.</summary>
internal sealed class StudyShelf(DataFolder data) : IDisposable
{
    private readonly Lock _gate = new();
    private IStudyStorage? _storage;

    /// <summary>The address of the storage; null for the user's own file.</summary>
    public string? Address { get; private set; }

    /// <summary>What to call it: an address without password.</summary>
    public string Name => Address is null ? "your own studies" : PasswordPattern.Hide(Address);

    /// <summary>The studies, newest first; none while the user's own file is not there.</summary>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public IReadOnlyList<StudyRecord> List() => Storage is { } storage ? [.. storage.ListStudies().Reverse()] : [];

    /// <summary>Follows a study; null if there is none of this id.</summary>
    public TrialWatch? Watch(long id)
    {
        if (Storage is not { } storage || storage.ListStudies().FirstOrDefault(study => study.Id == id) is not { } found) return null;
        var watch = new TrialWatch(storage, found);
        watch.Refresh();
        return watch;
    }

    /// <summary>Shows another storage from now on.</summary>
    /// <param name="address">Its address; empty for the user's own.</param>
    /// <exception cref="FailureException">It is no address.</exception>
    /// <exception cref="StorageException">It cannot be opened; the one before stays.</exception>
    public void Open(string? address)
    {
        address = string.IsNullOrWhiteSpace(address) ? null : address.Trim();
        if (address == "memory") throw new FailureException("studies in memory are those of another process; name sqlite:FILE or postgres://user@host/db");
        IStudyStorage? storage = address is null ? null : StudyPlace.Open(address, data);
        lock (_gate)
        {
            _storage?.Dispose();
            (_storage, Address) = (storage, address);
        }
    }

    /// <summary>Deletes a study for good.</summary>
    public void Delete(long id) => Storage?.DeleteStudy(id);

    /// <inheritdoc/>
    public void Dispose() => _storage?.Dispose();

    private IStudyStorage? Storage
    {
        get
        {
            lock (_gate)
            {
                // Looking should not leave a file behind.
                if (_storage is null && File.Exists(StudyPlace.FileOfUser(data))) _storage = StudyPlace.Open(null, data);
                return _storage;
            }
        }
    }
}
