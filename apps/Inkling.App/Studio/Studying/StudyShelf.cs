using Inkling.App.Running;
using Inkling.App.Studio.Studying.Plots;
using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying;

/// <summary>The storage whose studies the page shows: the user's own file, or another that was named. It is opened when it is first asked for.</summary>
internal sealed class StudyShelf(DataFolder data) : IDisposable
{
    private const int MostRead = 8;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, (TrialWatch Watch, StudyFacts Facts)> _read = [];
    private IStudyStorage? _storage;

    /// <summary>The address of the storage; null for the user's own file.</summary>
    public string? Address { get; private set; }

    /// <summary>What to call a storage: an address without password.</summary>
    public static string NameOf(string? address) => address is null ? "your own studies" : PasswordPattern.Hide(address);

    /// <summary>What to say when a storage is closed while it is read.</summary>
    public const string Closed = "Another page has opened another storage; load this page again to see what is there.";

    /// <summary>The studies, newest first; none while the user's own file is not there.</summary>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public IReadOnlyList<StudyRecord> List() => List(out _);

    /// <inheritdoc cref="List()"/>
    /// <param name="address">The storage they are in, as <see cref="Address"/>: another page may open another at any time.</param>
    public IReadOnlyList<StudyRecord> List(out string? address) => Current(out address) is { } storage ? [.. storage.ListStudies().Reverse()] : [];

    /// <summary>Follows a study; null if there is none of this id.</summary>
    public TrialWatch? Watch(long id) => Watch(id, out _);

    /// <inheritdoc cref="Watch(long)"/>
    /// <param name="id">Id of the study.</param>
    /// <param name="address">The storage it is in, as <see cref="Address"/>.</param>
    public TrialWatch? Watch(long id, out string? address)
    {
        if (Current(out address) is not { } storage || storage.ListStudies().FirstOrDefault(study => study.Id == id) is not { } found) return null;
        var watch = new TrialWatch(storage, found);
        watch.Refresh();
        return watch;
    }

    /// <summary>A study as it is now, for files: of one that was asked for lately, only what has changed is read; null if there is none of this id.</summary>
    public StudyFacts? Facts(long id)
    {
        lock (_read)
        {
            IStudyStorage? storage = Current(out _);
            if (!_read.TryGetValue(id, out (TrialWatch Watch, StudyFacts Facts) known) || !ReferenceEquals(known.Watch.Storage, storage))
            {
                if (Watch(id) is not { } watch) return null;
                if (_read.Count >= MostRead) _read.Clear();
                _read[id] = known = (watch, new StudyFacts(watch.Study, watch.Trials));
            }
            else
            {
                try
                {
                    if (known.Watch.Refresh()) _read[id] = known = known with { Facts = new StudyFacts(known.Watch.Study, known.Watch.Trials, known.Facts) };
                }
                catch (StudyNotFoundException)
                {
                    // It was deleted since.
                    _read.Remove(id);
                    return null;
                }
            }

            return known.Facts;
        }
    }

    /// <summary>Shows another storage from now on.</summary>
    /// <param name="address">Its address; empty for the user's own.</param>
    /// <exception cref="FailureException">It is no address, or there is no such file.</exception>
    /// <exception cref="StorageException">It cannot be opened; the one before stays.</exception>
    public void Open(string? address)
    {
        address = string.IsNullOrWhiteSpace(address) ? null : address.Trim();
        if (address == "memory") throw new FailureException("studies in memory are those of another process; name sqlite:FILE or postgres://user@host/db");
        // Looking should not leave a file behind.
        if (StudyPlace.FileOf(address) is { } file && !File.Exists(file)) throw new FailureException($"there is no file {file}; give one that has studies, or begin a study in it by inkling tune --storage {address}");
        IStudyStorage? storage = address is null ? null : StudyPlace.Open(address, data);
        lock (_gate)
        {
            _storage?.Dispose();
            (_storage, Address) = (storage, address);
        }
    }

    /// <summary>Deletes a study for good.</summary>
    /// <param name="study">The study as it was shown.</param>
    /// <param name="address">The storage it was shown in, as <see cref="Address"/>.</param>
    /// <exception cref="FailureException">Another storage has been opened since, or the study is not the one that was shown; nothing is deleted.</exception>
    public void Delete(StudyRecord study, string? address)
    {
        IStudyStorage? storage = Current(out string? now);
        if (storage is null || now != address) throw new FailureException($"\"{study.Name}\" was not deleted: another page has opened another storage in the meantime; open the one it is in again");
        if (storage.ListStudies().FirstOrDefault(one => one.Id == study.Id)?.Name != study.Name) throw new FailureException($"\"{study.Name}\" was not deleted: it is no longer there");
        storage.DeleteStudy(study.Id);
    }

    /// <inheritdoc/>
    public void Dispose() => _storage?.Dispose();

    private IStudyStorage? Current(out string? address)
    {
        lock (_gate)
        {
            // Looking should not leave a file behind.
            if (_storage is null && File.Exists(StudyPlace.FileOfUser(data))) _storage = StudyPlace.Open(null, data);
            address = Address;
            return _storage;
        }
    }
}
