namespace NanoFormer.Contract.Tests;

/// <summary>An assembly or a native table that no contract can be read from.</summary>
public sealed class ContractException(string message) : Exception(message);
