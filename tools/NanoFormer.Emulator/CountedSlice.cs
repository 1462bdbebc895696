namespace NanoFormer.Emulator;

/// <summary>A slice of a run, counted for itself.</summary>
/// <param name="FirstOperator">Index of its first operator in the model.</param>
/// <param name="Operators">How many operators it ran: one, or those of a group.</param>
/// <param name="Instructions">Instructions of <c>nf_session_continue</c> and, fewer than a dozen, its call between two marks.</param>
/// <param name="Cycles">Their estimated cycles; null for cores without a model of them.</param>
public sealed record CountedSlice(int FirstOperator, int Operators, long Instructions, long? Cycles);
