using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>One operation of the sensor that may be tried again.</summary>
    public delegate SensorStatus SensorOperation();
}
