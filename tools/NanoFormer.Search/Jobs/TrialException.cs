namespace NanoFormer.Search.Jobs;

/// <summary>A training that failed; the message is a name in upper case, a colon and a sentence.</summary>
public sealed class TrialException(string message) : Exception(message);
