namespace NanoFormer.Search.Trials;

/// <summary>One training of a trial, judged on the validation subjects.</summary>
/// <param name="Round">Round of successive halving, from 0.</param>
/// <param name="Epochs">Epochs of the float phase.</param>
/// <param name="Score">How good the model was; null when the training failed.</param>
/// <param name="Seconds">Time it took.</param>
/// <param name="Error">Why it failed: a name in upper case and a sentence; null when it did not.</param>
public sealed record TrialTraining(int Round, int Epochs, TrialScore? Score, double Seconds, string? Error);
