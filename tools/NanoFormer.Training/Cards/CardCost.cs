namespace NanoFormer.Training.Cards;

/// <summary>What a model costs on one kind of board, with the fastest kernels of its core. Time and energy are estimates.</summary>
/// <param name="Board">Title of the board; the core's name where no board has figures.</param>
/// <param name="Core">The emulated core that counted.</param>
/// <param name="Backend">The kernels.</param>
/// <param name="Instructions">Instructions of an inference, counted: the mean over the image's test vectors.</param>
/// <param name="Cycles">Cycles of an inference, by the model of that core; null where there is none.</param>
/// <param name="Milliseconds">Time of an inference in ms; null without figures of a board.</param>
/// <param name="HopMicrojoules">The processor's energy from one inference to the next in uJ, with reading the sensor; null in the same case.</param>
/// <param name="EnergyKind">Says that it is no measurement, as every energy of the product does.</param>
public sealed record CardCost(
    string Board, string Core, string Backend, long Instructions, long? Cycles, double? Milliseconds, double? HopMicrojoules,
    string EnergyKind = "estimate");
