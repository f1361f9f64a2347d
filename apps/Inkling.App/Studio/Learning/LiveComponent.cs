using Microsoft.AspNetCore.Components;

namespace Inkling.App.Studio.Learning;

/// <summary>A component that follows learning: drawn again after a change, but not more than a few times a second.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);
    private int _pending;
    private volatile bool _gone;

    /// <summary>What is followed.</summary>
    [Inject] protected ILearningService Learning { get; set; } = null!;

    /// <summary>Where learning stands, as drawn.</summary>
    protected LearningState State { get; private set; } = new();

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        State = Learning.State;
        Learning.Changed += Changed;
    }

    /// <summary>Called before the component is drawn for a new state.</summary>
    protected virtual void OnState(LearningState before)
    {
    }

    /// <summary>Takes the newest state at once.</summary>
    protected void Refresh()
    {
        LearningState before = State;
        State = Learning.State;
        OnState(before);
        StateHasChanged();
    }

    /// <summary>Stops following.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops following.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _gone = true;
        Learning.Changed -= Changed;
    }

    private void Changed()
    {
        if (Interlocked.Exchange(ref _pending, 1) == 0)
        {
            _ = DrawSoonAsync();
        }
    }

    private async Task DrawSoonAsync()
    {
        await Task.Delay(Pause).ConfigureAwait(false);
        Interlocked.Exchange(ref _pending, 0);
        if (_gone)
        {
            return;
        }

        try
        {
            await InvokeAsync(Refresh).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The page was closed in the meantime.
        }
    }
}
