namespace NanoFormer.Training.Operators;

/// <summary>
/// What a network is made of. The network is written once, over these; what it becomes - a float forward pass, one that computes as the
/// device does, an integer graph, a file for other tools - is a matter of who carries them out.
/// </summary>
/// <typeparam name="T">What flows between operators: rows (samples or tokens) of columns.</typeparam>
internal partial interface IOperators<T>
{
}
