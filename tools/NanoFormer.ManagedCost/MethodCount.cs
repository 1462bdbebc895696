namespace NanoFormer.ManagedCost;

/// <summary>What was counted of one method.</summary>
/// <param name="Method"><c>Namespace.Type::Name(parameter types)</c>, as Cecil writes it.</param>
/// <param name="Calls">Times it was entered; of a library method, times that woven code called it.</param>
/// <param name="Instructions">IL instructions it executed itself, without those of the methods it called; 0 for a library method.</param>
/// <param name="IsLibrary">Whether it lies outside the woven assemblies, so that its inside is not seen.</param>
public sealed record MethodCount(string Method, long Calls, long Instructions, bool IsLibrary);
