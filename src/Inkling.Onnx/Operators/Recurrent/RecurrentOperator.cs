using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// What RNN, GRU and LSTM share: X [T, B, I] (with <c>layout</c> = 1 [B, T, I]), W [D, G·H, I], R [D, G·H, H], biases [D, 2·G·H], lengths [B], the state
/// at the start [D, B, H] (or [B, D, H]); <c>direction</c> forward, reverse or bidirectional (D = 2). The outputs are all hidden states
/// [T, D, B, H] (or [B, T, D, H]), zero behind the end of a sequence, and the last ones [D, B, H] (or [B, D, H]). The input's part of the gates of
/// all steps is one matrix product.
/// </summary>
/// <param name="gates">G, gates of a cell.</param>
internal abstract class RecurrentOperator(int gates) : FloatOperator
{
    /// <inheritdoc/>
    protected sealed override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        var sequences = new Sequences<T>(call, gates);
        int steps = sequences.Steps, batch = sequences.Batch, units = sequences.Units, directions = sequences.Directions;
        T[] all = new T[Dimensions.Count([steps, directions, batch, units])];
        T[] last = new T[directions * batch * units], cells = new T[last.Length];
        for (int direction = 0; direction < directions; direction++)
        {
            RecurrentCell<T> cell = CreateCell(call, sequences, direction);
            T[] inputs = sequences.InputGates(direction, cell.InputBias);
            bool[] running = new bool[batch];
            for (int i = 0; i < steps; i++)
            {
                int t = sequences.IsReverse(direction) ? steps - 1 - i : i;
                for (int b = 0; b < batch; b++)
                    running[b] = t < sequences.Lengths[b];
                cell.Step(inputs.AsSpan(t * batch * gates * units, batch * gates * units), running);
                for (int b = 0; b < batch; b++)
                {
                    if (running[b])
                        cell.Hidden.AsSpan(b * units, units).CopyTo(all.AsSpan((((t * directions) + direction) * batch * units) + (b * units)));
                }
            }

            cell.Hidden.CopyTo(last, direction * batch * units);
            (cell as LstmCell<T>)?.Cells.CopyTo(cells, direction * batch * units);
        }

        OnnxValue y = new OnnxValue<T>([steps, directions, batch, units], all);
        return [sequences.IsBatchFirst ? y.Transpose(2, 0, 1, 3) : y, sequences.State(last), sequences.State(cells)];
    }

    /// <summary>Makes the cell of one direction.</summary>
    protected abstract RecurrentCell<T> CreateCell<T>(OperatorCall call, Sequences<T> sequences, int direction)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
