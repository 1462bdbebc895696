namespace NanoFormer.Board;

/// <summary>A transfer that could not begin, because a line of the bus is low: ETIMEDOUT, as System.Device.I2c words it on Linux.</summary>
public sealed class BusHeldLowException() : IOException("Error 110 performing I2C data transfer.");
