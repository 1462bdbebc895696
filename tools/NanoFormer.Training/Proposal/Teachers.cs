namespace NanoFormer.Training.Proposal;

/// <summary>
/// Teachers of a network's own kind: they begin with other weights, and the network learns their mean answer beside the labels. That is
/// Hinton, Vinyals, Dean: <em>Distilling the Knowledge in a Neural Network</em> (2015), with an ensemble of the student's own size.
/// </summary>
public static class Teachers
{
    /// <summary>The most there are.</summary>
    public const int Most = 4;

    /// <summary>What a teacher takes of the time of a training without: its own training, and its answers.</summary>
    public const double Share = 0.8;

    /// <summary>Part of the loss that comes from them.</summary>
    public const double Weight = 0.7;

    /// <summary>What logits are divided by before they are compared.</summary>
    public const double Temperature = 2;

    private const int Fewest = 2; // a single one says little more than the labels

    /// <summary>How many there is time for.</summary>
    /// <param name="trainings">The time, in trainings without teachers.</param>
    public static int InTime(double trainings)
    {
        int affordable = (int)Math.Min(Most, (trainings - 1) / Share);
        return affordable < Fewest ? 0 : affordable;
    }

    /// <summary>The configuration with teachers.</summary>
    public static TrainingConfig Of(TrainingConfig config, int count) => config with
    {
        Distillation = new DistillationOptions
        {
            Architecture = config.Architecture,
            Training = config.FloatTraining,
            Teachers = count,
            Weight = Weight,
            Temperature = Temperature,
        },
    };
}
