namespace Inkling.Language;

public sealed partial class ContinuationSearch
{
    /// <summary>
    /// Finds the pieces that produce the typed bytes, in every way to cut them: best first by mass, each open way stepped through the model.
    /// The likeliest covers go to <see cref="SearchWorkspace.Covers"/>.
    /// </summary>
    /// <returns>The number of covers kept, and the mass of all that were found, kept or not.</returns>
    private (int Count, double Total) Cover(PredictorState root, ReadOnlySpan<float> rootProbabilities, ReadOnlySpan<byte> typed, SearchWorkspace workspace)
    {
        var open = workspace.Open;
        var opened = 1;
        open[0] = new Hypothesis { Parent = Root, Slot = Root, Mass = 1 };
        var (count, total) = (0, 0.0);
        for (var step = 0; opened > 0 && step <= _options.MaxCoverSteps; step++)
        {
            var h = open[0]; // descending order of mass
            if (step > 0 && h.Mass <= _options.CoverTolerance * total)
                break;
            open.AsSpan(1, --opened).CopyTo(open);
            var row = rootProbabilities;
            if (step > 0)
            {
                h.Slot = step - 1;
                Evaluate(root, h, workspace);
                row = workspace.Row(h.Slot);
            }
            (count, var mass) = Close(h, row, typed[h.Matched..], count, workspace);
            total += mass;
            opened = Open(h, row, typed[h.Matched..], opened, workspace);
        }
        return (count, total);
    }

    /// <summary>The pieces that produce all the rest of the typed bytes, and perhaps more.</summary>
    private (int Count, double Mass) Close(in Hypothesis h, ReadOnlySpan<float> row, ReadOnlySpan<byte> rest, int count, SearchWorkspace workspace)
    {
        var total = 0.0;
        foreach (var id in _trie.StartingWith(rest))
        {
            var mass = h.Mass * row[id];
            total += mass;
            if (mass <= 0 || count == workspace.Covers.Length && mass <= workspace.Covers[count - 1].Mass)
                continue;
            var beyond = _tokenizer.Bytes(id)[rest.Length..];
            if (!beyond.IsEmpty && !PieceClasses.IsSuggestible(beyond))
                continue;
            var cover = new Hypothesis { Parent = h.Slot, Token = id, Slot = Root, Matched = h.Matched + rest.Length, Mass = mass };
            // Inside a word the letters beyond are the rest of it: a word of the suggestion.
            cover.Words = WordsBegun((byte)' ', beyond);
            cover.TextStart = workspace.Store(default, beyond);
            cover.TextLength = beyond.Length;
            count = Insert(workspace.Covers, count, cover);
        }
        return (count, total);
    }

    /// <summary>The pieces that produce a part of the rest and leave the remainder to pieces after them.</summary>
    private int Open(in Hypothesis h, ReadOnlySpan<float> row, ReadOnlySpan<byte> rest, int opened, SearchWorkspace workspace)
    {
        var beginnings = _trie.BeginningOf(rest, workspace.Beginnings);
        foreach (var id in workspace.Beginnings.AsSpan(0, beginnings))
        {
            var mass = h.Mass * row[id];
            if (mass > 0)
                opened = Insert(workspace.Open, opened, new Hypothesis
                {
                    Parent = h.Slot, Token = id, Slot = Root, Matched = h.Matched + _tokenizer.Bytes(id).Length, Mass = mass,
                });
        }
        return opened;
    }

    private void Evaluate(PredictorState root, in Hypothesis h, SearchWorkspace workspace)
    {
        var state = workspace.State(h.Slot);
        state.CopyFrom(h.Parent == Root ? root : workspace.State(h.Parent));
        _predictor.Step(state, h.Token);
        _predictor.Predict(state, workspace.Row(h.Slot));
        workspace.Steps++;
    }
}
