namespace Inkling.Playground;

/// <summary>What training makes small.</summary>
public enum LossKind
{
    /// <summary>½ (o − t)² on the output, which goes through tanh when it classifies: as the TensorFlow Playground has it.</summary>
    Squared,

    /// <summary>Cross-entropy of the two classes, in nats; classification only.</summary>
    CrossEntropy,
}
