(component
  (type $mill (component
    (export "orchard:press/mill@1.1.0" (component
      (import "soil:probe/reading@1.0.1" (instance
        (export "depth" (func))
        (export "moisture" (func))
      ))
    ))
  ))
  (export "mill" (type $mill))
)
